// Stands for one role as a process: says that it is ready, writes its pid, and stays until it is asked to stop.
const { appendFileSync } = require('node:fs');

const { ROLES, PIDS, DIES, HEALTH_PORT } = process.env;
appendFileSync(PIDS, `${ROLES} ${process.pid} ${HEALTH_PORT} ${process.execArgv.join(',')}\n`);
if (DIES === ROLES) process.exit(1);
process.send('ready');
process.on('SIGTERM', () => process.exit(0));
// Also what keeps it alive.
process.on('disconnect', () => process.exit(0));
