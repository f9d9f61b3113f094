// Helpers of console tests: the whole console over the mock backend, at any address.
export { renderConsole } from './render-console.tsx';
