// Public face of the picture of a query.
export { ChoiceField, type ChoiceFieldProps } from './form/choice-field.tsx';
export { ConditionForm, type ConditionFormProps } from './form/condition-form.tsx';
export { QueryPicture } from './query-picture.tsx';
export type { BlockFlow, QueryPictureProps, QueryReading, SinkNames } from './types.ts';
export { useQueryBlocks } from './use-query-blocks.ts';
