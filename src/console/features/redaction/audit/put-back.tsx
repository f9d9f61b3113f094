// A rule that hid a source and was taken off, put back: the same version, live, after a question.
import { useState } from 'react';
import { useDeployRule } from '../../../api/index.ts';
import { toast } from '../../../state/index.ts';
import { Button, Dialog } from '../../../ui/index.ts';
import { tellFailure } from '../words/tell-failure.ts';

interface PutBackProps { readonly rule: { readonly id: string; readonly name: string; readonly version: number } }

export function PutBack({ rule: { id, name, version } }: PutBackProps) {
  const [asked, setAsked] = useState(false);
  const deploy = useDeployRule();
  const go = () => deploy.mutate({ id, version, mode: 'live' }, {
    onError: tellFailure,
    onSuccess: ({ name: of }) => { setAsked(false); toast({ title: `${of} version ${version} runs again`, detail: 'This audit shows the second at which it stops, agent by agent.' }); },
  });
  const footer = <><Button onClick={() => setAsked(false)}>Cancel</Button><Button autoFocus variant="primary" icon="deploy" disabledReason={deploy.isPending ? 'One moment: it is being deployed.' : null} onClick={go}>Put it back, live</Button></>;
  return (
    <>
      <Button variant="primary" icon="deploy" onClick={() => setAsked(true)}>Put it back</Button>
      <Dialog open={asked} onOpenChange={setAsked} icon="redact" title={`Put ${name} back?`} footer={footer}>
        <p>Version {version}, as it was when it was taken off, is deployed live on every agent that it is for. What it hides no longer leaves in clear, within about a second; what left meanwhile stays where it went.</p>
      </Dialog>
    </>
  );
}
