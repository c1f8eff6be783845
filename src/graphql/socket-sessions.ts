import type { Viewer } from '../shared/viewer';

/** What a session needs of a socket. */
export interface Closable {
  close(code: number, reason: string): void;
}

/** Who holds which sockets open. */
export interface SocketSessions {
  /** False when the user holds as many as one may. */
  enter(viewer: Viewer, socket: Closable): boolean;
  leave(viewer: Viewer, socket: Closable): void;
  /** Closes the sockets of a user, or of everybody in the organization. */
  revoke(organizationId: string, userId?: string): void;
}

export const FORBIDDEN_CLOSE = 4403;

export function createSocketSessions(perUser: number): SocketSessions {
  const organizations = new Map<string, Map<string, Set<Closable>>>();
  const usersOf = (organizationId: string) => organizations.get(organizationId) ?? new Map<string, Set<Closable>>();
  return {
    enter: ({ organizationId, userId }, socket) => {
      const users = usersOf(organizationId);
      const sockets = users.get(userId) ?? new Set();
      if (sockets.size >= perUser) return false;
      organizations.set(organizationId, users.set(userId, sockets.add(socket)));
      return true;
    },
    leave: ({ organizationId, userId }, socket) => {
      const users = usersOf(organizationId);
      const sockets = users.get(userId);
      sockets?.delete(socket);
      if (sockets?.size === 0) users.delete(userId);
      if (users.size === 0) organizations.delete(organizationId);
    },
    revoke: (organizationId, userId) => {
      const users = usersOf(organizationId);
      const affected = userId === undefined ? [...users.values()] : [users.get(userId) ?? []];
      for (const sockets of affected) for (const socket of sockets) socket.close(FORBIDDEN_CLOSE, 'access revoked');
    },
  };
}
