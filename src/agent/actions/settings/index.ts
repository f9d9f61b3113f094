export { secretSettings, type Span } from './secret-settings.ts';
