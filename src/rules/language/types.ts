// Where scripts of language rules run, handed in by each program.
import type { VmModule } from '../../engine/language/index.ts';

/** A fresh QuickJS for one rule, in this thread. A native call that does not return is not ended by anything in it: whoever hands this in runs
 *  it in a thread or worker of its own, and watches the clock. */
export type NewVm = () => Promise<VmModule>;
