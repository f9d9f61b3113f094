// The shell and its routes.
export { App } from './app.tsx';
