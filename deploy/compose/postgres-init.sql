-- The service's owner role is no superuser, as on a managed database: it makes roles and owns its database.
create role campaign login createrole password 'campaign';
create database campaign owner campaign;
