import { join } from 'node:path';

// From sources (Jest) the compiled programs are those of `npm run build`.
const root = __filename.endsWith('.ts') ? join(__dirname, '..', 'dist') : join(__dirname, '..');

/** Programs that a drill runs as processes of their own. */
export const programs = {
  service: join(root, 'src', 'main.js'),
  simulator: join(root, 'simulator', 'main.js'),
  mailServer: join(root, 'drill', 'mail-server-main.js'),
  /** Loaded when wanted by `service`. */
  roles: [
    join(root, 'src', 'dispatch', 'dispatcher-role.js'),
    join(root, 'src', 'delivery', 'sender-role.js'),
    join(root, 'src', 'graphql', 'api-role.js'),
  ],
  recorder: join(root, 'drill', 'bus-recorder-main.js'),
} as const;
