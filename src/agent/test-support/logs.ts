import { encodeLogs } from '../../otlp/index.ts';
