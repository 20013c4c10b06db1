/** Sets up OpenTelemetry as the start of a service does: spans go to an exporter, here one that keeps them. */
import { context, propagation, trace } from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { InMemorySpanExporter, SimpleSpanProcessor, StackContextManager, TracerProvider } from '@opentelemetry/sdk-trace'

export const exporter = new InMemorySpanExporter()

trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }))
propagation.setGlobalPropagator(new W3CTraceContextPropagator())
// Knows the active context while a callback runs, and not after its first await: all that a browser can do, and this engine.
context.setGlobalContextManager(new StackContextManager().enable())
