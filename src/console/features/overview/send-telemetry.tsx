// The empty overview: how to send telemetry here, with this server's own endpoints.
import { useSession } from '../../api/index.ts';
import { Button, copyText, EmptyState } from '../../ui/index.ts';

export function SendTelemetry({ agentsKnown }: { readonly agentsKnown: number }) {
  const otlp = useSession().data?.otlp;
  const environment = otlp ? `OTEL_EXPORTER_OTLP_ENDPOINT=${otlp.http}\nOTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf` : '';
  return (
    <EmptyState
      title={agentsKnown === 0 ? 'No agent is connected yet' : 'No record has arrived yet'}
      actions={otlp && <Button size="s" icon="copy" onClick={() => void copyText(environment, 'Environment')}>Copy environment</Button>}
    >
      {agentsKnown === 0 && <p>`weir up` starts an agent beside this server; on another machine run `weir agent`.</p>}
      <p>Point an OpenTelemetry SDK or a Collector at the agent. OTLP/HTTP: <span className="mono t1">{otlp?.http}</span>. OTLP/gRPC: <span className="mono t1">{otlp?.grpc}</span>.</p>
      <pre className="code t1">{environment}</pre>
    </EmptyState>
  );
}
