export { storedThemes } from './documents.ts';
export { themeRoutes } from './routes.ts';
export { Themes, type CostOf } from './theme-service.ts';
