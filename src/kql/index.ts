// Public face of kql/. Importing it does not load Microsoft's parser: createKqlLanguage is handed that.
export * from './plan.ts';
export type * from './language.ts';
export type * from './blocks/types.ts';
export { applyEdits, blankBody, blankForm, emptyTests, formBody, formEdits, insertBlock, isWhole, moveBlock, removeBlock, replaceBody, wholeForm } from './blocks/index.ts';
export { createKqlLanguage, quicken, type KustoGlobal, type KustoRuntime } from './kusto/index.ts';
export { parsePlan, planLimits } from './plan-schema.ts';
export { exprToKql, operatorToKql, planToKql } from './print.ts';
export { followField, followingAll, followName } from './follow-name.ts';
export { isMinedId, meaningsOf, namesUsed, noNames, resolveNames, type NamesUsed } from './names.ts';
export { fromGroups, toGroups } from './name-groups.ts';
export { namedIds, type NamedIds } from './named-ids.ts';
export { unquote } from './unquote.ts';
export { nearest } from './nearest.ts';
export { kqlName, kqlString, parseDatetime, parseTimespan, printDatetime, printTimespan } from './literals.ts';
export {
  conditionText, dropTemplate, fieldText, filterTemplate, metricTemplate, recordTemplate, sampleTemplate,
  type Condition, type MetricTemplate, type Selection, type Template, type TemplateField, type TemplateTable, type TemplateValue,
} from './templates.ts';
export { sinks, sinkSignature, type SinkDefinition, type SinkParameter } from './catalogue/sinks.ts';
export { operators as kqlOperators, operatorsOf, type OperatorDefinition } from './catalogue/operators.ts';
export { binaryOperators, listOperators, type ScalarOperator } from './catalogue/scalar-operators.ts';
export { functions as scalarFunctions } from './catalogue/functions.ts';
export { aggregates as aggregateFunctions, type FunctionDefinition } from './catalogue/aggregates.ts';
export { tables as kqlTables, type TableColumn, type TableDefinition } from './catalogue/tables.ts';
