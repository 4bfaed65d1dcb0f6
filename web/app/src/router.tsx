import { createBrowserRouter, Navigate } from 'react-router';
import { SignedIn } from './features/session/SignedIn.tsx';
import { AppLayout, ScrollingPage } from './layout/AppLayout.tsx';
import { RouteError } from './layout/RouteError.tsx';
import { StartSkeleton } from './layout/StartSkeleton.tsx';

/** Every page is a chunk of its own; while it loads, the page before it stays. */
export const router = createBrowserRouter([
  {
    ErrorBoundary: RouteError,
    HydrateFallback: StartSkeleton,
    children: [
      { path: 'setup', lazy: async () => ({ Component: (await import('./features/setup/SetupPage.tsx')).SetupPage }) },
      {
        path: 'sign-in',
        lazy: async () => ({ Component: (await import('./features/session/SignInPage.tsx')).SignInPage }),
      },
      {
        path: 'join/:code',
        lazy: async () => ({ Component: (await import('./features/session/JoinPage.tsx')).JoinPage }),
      },
      {
        path: 'reset/:code',
        lazy: async () => ({ Component: (await import('./features/session/ResetPage.tsx')).ResetPage }),
      },
      {
        Component: SignedIn,
        children: [
          // The editor and what is practised in it bring their own bar and fill the window.
          {
            path: 'projects/:id/images/:imageId',
            lazy: async () => ({ Component: (await import('./editor/EditorPage.tsx')).EditorPage }),
          },
          {
            path: 'practice',
            lazy: async () => ({ Component: (await import('./practice/PracticePage.tsx')).PracticePage }),
          },
          { Component: AppLayout, children: [{ ErrorBoundary: RouteError, children: framedPages() }] },
        ],
      },
    ],
  },
]);

function framedPages() {
  return [
    { index: true, element: <Navigate to="/projects" replace /> },
    {
      path: 'projects/:id',
      lazy: async () => ({ Component: (await import('./features/projects/ProjectLayout.tsx')).ProjectLayout }),
      children: projectPages(),
    },
    {
      Component: ScrollingPage,
      children: [
        {
          path: 'projects',
          lazy: async () => ({ Component: (await import('./features/projects/ProjectsPage.tsx')).ProjectsPage }),
        },
        {
          path: 'account',
          lazy: async () => ({ Component: (await import('./features/account/AccountPage.tsx')).AccountPage }),
        },
        {
          path: 'admin',
          lazy: async () => ({ Component: (await import('./features/admin/AdminPage.tsx')).AdminPage }),
        },
        { path: '*', lazy: async () => ({ Component: (await import('./layout/NotFoundPage.tsx')).NotFoundPage }) },
      ],
    },
  ];
}

function projectPages() {
  return [
    { index: true, element: <Navigate to="images" replace /> },
    {
      path: 'images',
      lazy: async () => ({ Component: (await import('./features/gallery/GalleryPage.tsx')).GalleryPage }),
    },
    {
      path: 'ontology',
      lazy: async () => ({ Component: (await import('./features/ontology/OntologyPage.tsx')).OntologyPage }),
    },
    {
      path: 'members',
      lazy: async () => ({ Component: (await import('./features/members/MembersPage.tsx')).MembersPage }),
    },
    { path: 'jobs', lazy: async () => ({ Component: (await import('./features/jobs/JobsPage.tsx')).JobsPage }) },
    {
      path: 'exports',
      lazy: async () => ({ Component: (await import('./features/exports/ExportsPage.tsx')).ExportsPage }),
    },
    {
      path: 'settings',
      lazy: async () => ({ Component: (await import('./features/settings/SettingsPage.tsx')).SettingsPage }),
    },
  ];
}
