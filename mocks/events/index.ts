// The catalogue of the mock fleet, and what people build on it.
import type { MockBackend } from '../backend.ts';
import { catalogueHandlers } from './handlers.ts';
import { MockCatalogue } from './store.ts';

export const eventHandlers = (backend: MockBackend) => catalogueHandlers(new MockCatalogue(backend));
