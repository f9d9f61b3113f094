export { PolicyForms } from './policy-forms.tsx';
export type { PolicyFormProps } from './types.ts';
