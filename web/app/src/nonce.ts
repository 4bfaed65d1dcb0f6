/**
 * The nonce of this response's Content-Security-Policy. Mantine asks for it through `getStyleNonce`; the scroll lock
 * behind modals (react-style-singleton) looks for the global that bundlers set.
 */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = styleNonce;
