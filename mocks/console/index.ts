// The whole console over the mock backend, for tests. Apart from the handlers, so that other tests do not load the application.
export { renderConsole } from './render-console.tsx';
