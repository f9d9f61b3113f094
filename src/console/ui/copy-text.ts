// Copies text and says so; where the browser forbids it, says what to do instead.
import { toast } from '../state/index.ts';

/** `what` is what the toast names: "Record as JSON". */
export async function copyText(text: string, what = 'Details'): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ title: `${what} copied` });
  } catch {
    toast({ kind: 'error', title: 'The browser did not allow copying', detail: 'Open the console over https or on localhost, or select the text and copy it by hand.' });
  }
}
