/** What a caller may do; each role may do what the ones before it may. `service` is another program of the platform. */
export const ROLES = ['viewer', 'editor', 'approver', 'admin', 'service'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks, and for which organization: every read and write is theirs alone. */
export interface Viewer {
  readonly organizationId: string;
  readonly organizationNo: number;
  readonly userId: string;
  readonly role: Role;
}

/** True when the role is at least the one needed. A service writes as an editor does, and never approves. */
export function mayActAs(viewer: Pick<Viewer, 'role'>, needed: Exclude<Role, 'service'>): boolean {
  const role = viewer.role === 'service' ? 'editor' : viewer.role;
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
