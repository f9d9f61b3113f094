export { TemplateExchange } from './template-exchange.ts';
