# The same program as sdk-app.ts with the stock OpenTelemetry Python SDK: protocol, name, count.
import sys

from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry._logs import LogRecord, SeverityNumber

protocol, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
if protocol == "grpc":
    from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
else:
    from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

resource = Resource.create({"service.name": "sdk-app-python"})
loggers = LoggerProvider(resource=resource)
loggers.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter(), max_queue_size=count + 1, max_export_batch_size=min(count, 512)))
tracers = TracerProvider(resource=resource)
tracers.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(), max_queue_size=count + 1, max_export_batch_size=min(count, 512)))
meters = MeterProvider(resource=resource, metric_readers=[PeriodicExportingMetricReader(OTLPMetricExporter(), export_interval_millis=60_000)])

logger, tracer, counter = loggers.get_logger("app"), tracers.get_tracer("app"), meters.get_meter("app").create_counter(name)
for i in range(count):
    logger.emit(LogRecord(event_name=name, severity_number=SeverityNumber.INFO, body=f"{name} {i}", attributes={"i": i}))
    tracer.start_span(f"{name} {i}").end()
    counter.add(1)
for provider in (loggers, tracers, meters):
    provider.force_flush(60_000)
    provider.shutdown()
