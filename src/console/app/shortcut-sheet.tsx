// The sheet behind `?`.
import { Dialog, Kbd } from '../ui/index.ts';
import { views } from './views.ts';

const groups: readonly { readonly title: string; readonly keys: readonly (readonly [string, readonly string[]])[] }[] = [
  { title: 'Anywhere', keys: [['Search or run a command', ['Ctrl K']], ['This sheet', ['?']], ['Capture everything now', ['Shift I']], ['Pull the rip cord', ['Shift X']], ['Close what floats', ['Esc']]] },
  { title: 'Go to', keys: views.map(view => [view.label, ['G', view.key.toUpperCase()]] as const) },
  { title: 'Tail', keys: [['Next, previous record', ['J', 'K']], ['Open, close the record', ['Enter', 'Esc']], ['Pause, resume', ['Space']], ['Filter for records like it', ['F']], ['Go to the filter, leave it', ['/', 'Esc']], ['Drop, sample', ['D', 'S']], ['Redact, to metric, record', ['R', 'M', 'C']], ['Copy as JSON', ['Y']]] },
  { title: 'Events', keys: [['Find an event', ['/']], ['Next, previous event', ['↓', '↑']], ['Open the event', ['Enter']], ['Pick for a theme', ['Space']], ['Close the event', ['Esc']]] },
  { title: 'Redaction', keys: [['Find a source', ['/']], ['Next, previous source', ['↓', '↑']], ['Choose the source', ['Enter']]] },
  { title: 'Cost', keys: [['Find a row', ['/']], ['Next, previous row', ['↓', '↑']], ['Why it costs that', ['Enter']], ['Close the pane', ['Esc']], ['Prices', ['P']]] },
  { title: 'Profiles', keys: [['Find functions', ['/']], ['View by its number', ['1', '6']], ['Only through the function, all again', ['F']], ['Hide its package', ['H']], ['Fold recursion', ['R']], ['Graph: caller, callee, along', ['↓', '↑', '←', '→']], ['Graph: open, back, whole', ['Enter', 'Esc', '0']], ['Tree: open all below', ['*']], ['Time: move an end', ['←', '→']], ['Add a probe at the function', ['P']]] },
  { title: 'Incident', keys: [['Write a note', ['N']], ['Move in time', ['←', '→']], ['Choose a time range', ['Shift ←', 'Shift →']], ['The whole time again', ['Esc']]] },
  { title: 'Rule editor', keys: [['Dry run', ['Ctrl Enter']], ['Save', ['Ctrl S']], ['Completion', ['Ctrl Space']], ['Leave the text', ['Esc', 'Tab']], ['Tab always leaves, or indents', ['Ctrl M']], ['Quick fix', ['Ctrl .']], ['Next problem', ['F8']]] },
  { title: 'Probes', keys: [['New probe', ['N']], ['Next, previous choice', ['↓', '↑']], ['Choose the first that is found', ['Enter']], ['Put it on the line', ['F9']], ['Insert it', ['Enter']], ['Leave a field', ['Esc']]] },
  { title: 'Tables', keys: [['Next, previous row', ['↓', '↑']], ['Pick the row', ['Enter']], ['Menu of a row', ['Shift F10']]] },
  { title: 'Panes', keys: [['Resize at the bar', ['←', '→']], ['Bigger steps', ['Shift ←']], ['Smallest, largest', ['Home', 'End']]] },
];

export function ShortcutSheet({ open, onOpenChange }: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Shortcuts" icon="keyboard" wide>
      <div className="keys">
        {groups.map(group => (
          <section key={group.title}><h3>{group.title}</h3><dl>{group.keys.map(([what, keys]) => <div key={what}><dt>{what}</dt><dd>{keys.map(key => <Kbd key={key}>{key}</Kbd>)}</dd></div>)}</dl></section>
        ))}
      </div>
    </Dialog>
  );
}
