-- The service's owner role is no superuser, as on a managed database: it makes roles and owns its database.
create role campaign login createrole password 'campaign';
create database campaign owner campaign;
-- Requests are served by a login that owns nothing, so that row-level security holds it whatever it runs.
create role campaign_app nologin noinherit nobypassrls;
create role campaign_dispatcher nologin noinherit nobypassrls;
grant campaign_app, campaign_dispatcher to campaign with admin option;
create role campaign_api login password 'campaign_api' in role campaign_app;
create role campaign_worker login password 'campaign_worker' in role campaign_dispatcher;
