import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from './api/query-client.ts';
import { SignInDialog } from './features/session/SignInDialog.tsx';
import { styleNonce } from './nonce.ts';
import { router } from './router.tsx';
import { cssVariables, theme } from './theme.ts';
import { Toasts } from './ui/Toasts.tsx';

const colorSchemes = localStorageColorSchemeManager({ key: 'plumbline-color-scheme' });

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes}
      getStyleNonce={() => styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <SignInDialog />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  );
}
