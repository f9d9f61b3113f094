// A compiler that tells of every filter it compiled: somebody is about to look at the records that it names.
import type { Plan } from '../../kql/index.ts';
import type { KqlCompiler } from '../ports/compiler.ts';

export function notingCompiler(compiler: KqlCompiler, note: (plan: Plan) => void): KqlCompiler {
  return {
    compile: async (text, mode) => {
      const compiled = await compiler.compile(text, mode);
      if (compiled.plan !== null) note(compiled.plan);
      return compiled;
    },
    check: (text) => compiler.check(text), reword: (rewording) => compiler.reword(rewording), conflicts: (rules) => compiler.conflicts(rules), stop: () => compiler.stop(),
  };
}
