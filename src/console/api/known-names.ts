// The names that can stand in event("…") and field("…"), for whoever writes KQL. How they are asked for loads with the first question.
const asked = () => import('./names-to-write.ts');

export const knownNames = {
  events: async (begun: string) => (await asked()).eventNames(begun),
  fields: async () => (await asked()).fieldNames(),
};
