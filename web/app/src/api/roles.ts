import { type ProjectRole, projectRoles } from './types.ts';

/** Whether `role` may do what asks for at least `needed`. */
export function atLeast(role: ProjectRole | undefined, needed: ProjectRole): boolean {
  return role !== undefined && projectRoles.indexOf(role) >= projectRoles.indexOf(needed);
}

/** What each role may do, in a few words; shown where a role is chosen. */
export const roleMeanings: Readonly<Record<ProjectRole, string>> = {
  viewer: 'Looks at images and annotations',
  annotator: 'Also draws and edits annotations',
  reviewer: 'Also reviews the work of others',
  manager: 'Also uploads, exports, edits the ontology and invites people',
  owner: 'Also deletes the project and appoints owners',
};
