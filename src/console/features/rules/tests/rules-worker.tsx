// The worker for records that are not the tail's, for the panes of dry run and tests. Tests put a fake here.
import { createContext, useContext } from 'react';
import { rulesClient, type RulesClient } from '../../../workers/rules/index.ts';

const Context = createContext<RulesClient>(rulesClient);

export const RulesWorkerProvider = Context.Provider;
export const useRulesWorker = (): RulesClient => useContext(Context);
