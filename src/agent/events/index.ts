// Public face of events/: what the agent tells of the lines of code that send through it.
export { EventReporter } from './event-reporter.ts';
export { TemplateKeeper } from './template-keeper.ts';
