/** A question for every command of the catalogue that the room can answer, and what the others wait for. */

export interface CatalogueLine {
  /** Ids of the catalogue that it answers. */
  readonly ids: readonly string[]
  /** `terminal`, or the tab in which a query of another kind belongs. */
  readonly where: 'terminal' | 'metrics' | 'logs' | 'traces'
  /** The incident in which the answer means something. */
  readonly incident: string
  readonly line: string
  /** What the answer must hold. */
  readonly shows: RegExp
}

const ids = (text: string): readonly string[] => text.split(' ').map((id) => `cmd.${id}`)

const line = (where: CatalogueLine['where']) => (incident: string, items: string, text: string, shows: RegExp): CatalogueLine => ({ ids: ids(items), where, incident, line: text, shows })
const terminal = line('terminal')
const metrics = line('metrics')
const logs = line('logs')
const traces = line('traces')

export const catalogueLines: readonly CatalogueLine[] = [
  terminal('pool-exhaustion', 'psql-connect', 'psql -h orders-db -U app -d orders', /Connected to database "orders-db"/),
  terminal('pool-exhaustion', 'psql-select-1', "psql -h orders-db -c 'SELECT 1'", /\(1 row\)/),
  terminal('pool-exhaustion', 'pg-connection-count', "psql -h orders-db -c 'SELECT count(*) FROM pg_stat_activity'", /\n +\d\d\n\(1 row\)/),
  terminal('userservice-latency', 'pg-stat-activity-active', "psql -c \"SELECT pid, now() - query_start AS age, query FROM pg_stat_activity WHERE query_start IS NOT NULL ORDER BY age DESC LIMIT 5\"", /\d \| 00:0\d:\d\d\.\d+ \| SELECT/),
  terminal('userservice-latency', 'pg-terminate-backend pg-terminate-long', "psql -c \"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND query_start < now() - interval '1 second'\"", /pg_terminate_backend/),
  terminal('userservice-latency', 'pg-stat-statements', "psql -h users-db -c 'SELECT query, calls, mean_exec_time FROM pg_stat_statements ORDER BY mean_exec_time DESC LIMIT 5'", /id::text = \$1 +\| +\d+ \| +\d{2,}/),
  terminal('userservice-latency', 'explain-analyze explain-buffers', "psql -c 'EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM users WHERE id::text = $1'", /Seq Scan on users[\s\S]*Execution Time: \d/),
  terminal('userservice-latency', 'explain-plain function-on-column', "psql -c 'EXPLAIN SELECT * FROM users WHERE id = $1'", /Index Scan using users-pkey/),
  terminal('userservice-latency', 'create-index create-index-concurrently', "psql -c 'CREATE INDEX CONCURRENTLY by-text-id ON users (id)'", /CREATE INDEX/),
  terminal('cache-stampede', 'redis-ping', 'redis-cli -h page-cache PING', /^PONG/),
  terminal('cache-stampede', 'redis-info-stats', 'redis-cli -h page-cache INFO stats', /keyspace_hits:[1-9]/),
  terminal('cache-stampede', 'redis-hit-rate', "redis-cli -h page-cache INFO stats | awk -F: '/keyspace_(hits|misses)/ { print $1, $2 }'", /keyspace_hits [1-9]\d*\s+keyspace_misses \d/),
  terminal('cache-stampede', 'redis-stat', 'redis-cli -h page-cache --stat', /per second\n\d+ +[1-9]/),
  terminal('cache-stampede', 'redis-cli-exec', 'kubectl exec page-cache-0 -- redis-cli DBSIZE', /\(integer\) \d/),
  terminal('pool-exhaustion', 'kubectl-get-pods kubectl-get-pods-watch', 'kubectl get pods -n prod -l app=orders', /orders-\w{5} +1\/1 +Running/),
  terminal('pool-exhaustion', 'kubectl-logs-follow', 'kubectl logs -f deployment/orders -n prod --tail=100', /timeout acquiring a connection from the pool/),
  terminal('pool-exhaustion', 'kubectl-logs-errors tail-grep-error', 'kubectl logs deployment/orders -n prod | grep -i error | tail -20', /"level":"error"/),
  terminal('pool-exhaustion', 'kubectl-logs-since', 'kubectl logs deployment/orders --since-time="$(date -u -d \'2 minutes ago\' +%FT%TZ)" | grep -i error | wc -l', /^[1-9]\d*\n/),
  terminal('pool-exhaustion', 'kubectl-top-pods', 'kubectl top pods -n prod -l app=orders', /orders-\w{5} +\d+m +\d+Mi/),
  terminal('pool-exhaustion', 'kubectl-scale', 'kubectl scale deployment orders -n prod --replicas=3', /deployment\.apps\/orders scaled/),
  terminal('stuck-saga', 'kubectl-get-events', "kubectl get events -n prod --sort-by='.lastTimestamp' | grep -E 'inventory|payments'", /deploy inventory: version v1 -> v2/),
  terminal('pool-exhaustion', 'kubectl-describe-limits', 'kubectl describe deployment orders -n prod | grep -A 5 Limits', /memory: +1024Mi/),
  terminal('stuck-saga', 'kubectl-describe-pod-events', "kubectl describe pod $(kubectl get pods -l app=inventory -o name | head -1 | cut -d/ -f2) | grep -A 10 Events", /Successfully assigned/),
  terminal('pool-exhaustion', 'kubectl-rollout-restart', 'kubectl rollout restart deployment/orders -n prod', /deployment\.apps\/orders restarted/),
  terminal('pool-exhaustion', 'kubectl-rollout-status', 'kubectl rollout status deployment/orders -n prod', /successfully rolled out|Waiting for deployment/),
  terminal('pool-exhaustion', 'curl-metrics', 'kubectl exec deployment/orders -- curl -s http://localhost:8080/metrics', /# TYPE db_pool_pending_requests gauge\ndb_pool_pending_requests\{pool="orders-db"\} [1-9]/),
  terminal('pool-exhaustion', 'curl-grep-error', 'curl -s http://orders:8080/metrics | grep timeouts', /db_pool_timeouts_total\{pool="orders-db"\} [1-9]/),
  terminal('pool-exhaustion', 'curl-health', 'curl -f http://orders:8080/health', /"status":"UP"/),
  terminal('pool-exhaustion', 'curl-external-health', 'curl -f https://payments/health', /Connection timed out/),
  terminal('pool-exhaustion', 'actuator-health', 'curl http://orders:8080/actuator/health', /"status":"UP"/),
  terminal('pool-exhaustion', 'actuator-http-requests', 'kubectl exec -it deployment/orders -n prod -- curl -s localhost:8080/actuator/metrics/http.server.requests', /"statistic":"COUNT","value":[1-9]/),
  terminal('pool-exhaustion', 'actuator-active-requests', 'kubectl exec -it deployment/orders -n prod -- curl -s http://127.0.0.1:8080/actuator/metrics/http.server.requests.active', /"value":[1-9]/),
  terminal('pool-exhaustion', 'actuator-executor-active', 'kubectl exec -it deployment/orders -n prod -- curl -s localhost:8080/actuator/metrics/executor.active', /"value":[1-9]/),
  terminal('rebalance-storm', 'actuator-consumed-rate', 'meter=kafka.consumer.records.consumed.rate; kubectl exec -it deployment/label-worker -n prod -- curl -s http://127.0.0.1:8080/actuator/metrics/$meter', /"VALUE","value":\d+\.\d/),
  terminal('rebalance-storm', 'kafka-consumer-groups metric-consumer-lag', 'kubectl exec -it kafka-0 -n prod -- kafka-consumer-groups.sh --bootstrap-server localhost:9092 --describe --group labels', /'labels' is rebalancing[\s\S]*parcels +0 +\d+ +\d+ +\d{3}/),
  terminal('rebalance-storm', 'kafka-topics-describe', 'kubectl exec -it kafka-0 -n prod -- kafka-topics.sh --bootstrap-server localhost:9092 --describe --topic parcels', /PartitionCount: 12/),
  terminal('rebalance-storm', 'kafka-topics-alter', 'kubectl exec -it kafka-0 -n prod -- kafka-topics.sh --bootstrap-server localhost:9092 --alter --topic parcels --partitions 24', /^$/),
  terminal('rebalance-storm', 'cloudwatch-lag', "aws cloudwatch get-metric-statistics --namespace AWS/Kafka --metric-name EstimatedMaxTimeLag --dimensions 'Name=Consumer Group,Value=labels' --start-time $(date -u -d '15 minutes ago' +%FT%T) --end-time $(date -u +%FT%T) --period 300 --statistics Average", /"Average": \d{3,}/),
  terminal('pool-exhaustion', 'xray-service-slow', "aws xray get-trace-summaries --filter-expression 'service(\"orders\") AND duration > 2'", /"Duration": \d/),
  terminal('pool-exhaustion', 'xray-slow-table xray-top10', "aws xray get-trace-summaries | jq -r '.TraceSummaries[:10][] | [.Id, .Duration] | @tsv'", /1-[\da-f]{8}-[\da-f]{24}\t\d+/),
  terminal('pool-exhaustion', 'xray-get-trace xray-subsegments', "aws xray batch-get-traces --trace-ids $(aws xray get-trace-summaries | jq -r '.TraceSummaries[0].Id') | jq '.Traces[].Segments[].Document | fromjson | .subsegments'", /"start_time"/),
  terminal('pool-exhaustion', 'nslookup-time', 'time nslookup orders-db', /Name:\torders-db/),
  terminal('slow-api-europe', 'ping', 'kubectl exec deployment/product-api-eu -- ping products-db', /time=\d+\.\d+ ms[\s\S]*0\.0% packet loss/),
  terminal('slow-api-europe', 'traceroute', 'kubectl exec deployment/product-api-eu -- traceroute products-db', / 2 {2}products-db \(/),
  terminal('pool-exhaustion', 'netstat', 'kubectl exec deployment/orders -- netstat -tan', /25 used \(pool orders-db\)/),
  terminal('pool-exhaustion', 'df-h', 'kubectl exec orders-db-0 -- df -h', /\/var\/lib\/postgresql/),
  terminal('pool-exhaustion', 'free-h', 'kubectl exec deployment/orders -- free -h', /Mem: +1\.0Gi/),
  terminal('pool-exhaustion', 'htop top-java', 'kubectl exec deployment/orders -- top', /orders/),
  terminal('pool-exhaustion', 'uptime', 'kubectl exec orders-db-0 -- uptime', /8 cores, in use: \d/),
  terminal('userservice-latency', 'iostat', 'kubectl exec users-db-0 -- iostat -x 1', /avg-cpu/),
  metrics('userservice-latency', 'promql-p95 metric-p99-alert metric-request-histogram', 'histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{service="user-service"}[2m]))) > 0.5', /\d/),
  metrics('pool-exhaustion', 'promql-error-rate metric-request-errors', 'sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > 0.05', /0\.\d/),
  metrics('pool-exhaustion', 'metric-pool-usage metric-connection-ratio', 'sum by (pool) (db_pool_connections{state="used"}) / sum by (pool) (db_pool_connections_max) > 0.7', /pool="orders-db"/),
  metrics('userservice-latency', 'metric-db-latency', 'histogram_quantile(0.99, sum by (le, query) (rate(db_query_duration_seconds_bucket{service="users-db"}[2m])))', /query=/),
  metrics('pool-exhaustion', 'metric-request-rate', 'sum by (service) (rate(http_requests_total[1m]))', /service="gateway"/),
  metrics('userservice-latency', 'metric-cpu', 'sum by (service) (rate(container_cpu_usage_seconds_total[1m]))', /service="user-service"/),
  metrics('userservice-latency', 'metric-memory', 'max by (service) (process_resident_memory_bytes) / max by (service) (container_spec_memory_limit_bytes)', /service=/),
  metrics('pool-exhaustion', 'metric-queue-gauge', 'sum by (pool) (db_pool_pending_requests) > 0', /pool="orders-db"/),
  metrics('order-latency', 'metric-inventory-latency', 'histogram_quantile(0.99, sum by (le, peer) (rate(client_request_duration_seconds_bucket{service="order-processor"}[2m])))', /peer="inventory"/),
  metrics('pool-exhaustion', 'metric-disk-usage', 'db_disk_used_bytes / db_disk_size_bytes', /0\.\d/),
  metrics('pool-exhaustion', 'auto-rollback-rule', 'sum(rate(user_requests_total{outcome!="ok"}[1m])) / sum(rate(user_requests_total[1m])) > 0.05', /0\.\d/),
  metrics('userservice-latency', 'metric-threshold-alert', 'sum by (service) (rate(db_cpu_seconds_total[1m])) > 0.8', /service="users-db"/),
  metrics('ai-classifier', 'metric-classifier-phases', 'sum by (stage) (rate(inference_stage_duration_seconds_sum[2m])) / sum by (stage) (rate(inference_stage_duration_seconds_count[2m]))', /stage=/),
  metrics('ai-classifier', 'nvidia-smi', 'avg(DCGM_FI_DEV_GPU_UTIL)', /\d/),
  metrics('stuck-saga', 'metric-404-rate', 'sum by (service, route) (rate(http_requests_total{code="404"}[5m])) > 0', /service="payments"/),
  metrics('rebalance-storm', 'actuator-rebalance-total', 'sum by (consumergroup) (increase(kafka_consumergroup_rebalances_total[10m]))', /consumergroup="labels"\} [1-9]/),
  metrics('rebalance-storm', 'actuator-event-lag', 'max by (consumergroup) (kafka_consumergroup_group_max_lag_seconds)', /consumergroup="labels"\} \d{3}/),
  metrics('stuck-saga', 'actuator-saga-failures', 'saga_stuck_instances', /\} [1-9]/),
  terminal('stuck-saga', 'logs-event-failed', "kubectl logs deployment/order-worker -n prod | grep 'Retries exhausted' | tail -5", /sent to dead-letter topic/),
  terminal('rebalance-storm', 'logs-rebalance logs-rebalance-reason', "kubectl logs -l app=label-worker -n prod --tail=-1 | grep -E 'poll timeout|CommitFailed' | tail -20", /max\.poll\.interval\.ms/),
  logs('pool-exhaustion', 'loki-filter-service-logs', '{pod=~"orders-.*"} | json | level=~"(?i)(error|warn)"', /timeout acquiring a connection/),
  traces('userservice-latency', 'trace-search', 'service("user-service") AND duration > 0.5', /user-service/),
]

/** What no incident answers yet, and why. */
export const unanswered: readonly { readonly why: string; readonly ids: readonly string[] }[] = [
  { why: "Sets up or runs a project on one's own machine; there is none behind the terminal.", ids: ids('go-mod-init go-run go-get-prometheus go-get-otel mkdir-project python-venv pip-install-flask python-app pip-audit npm-audit web-proxy-test header-check browser-devtools load-test-tools docker-logs iperf systemctl-status journalctl systemctl-restart iotop ps-python debug-metrics certbot-renew') },
  { why: 'Looks into a process with a profiler; the simulation knows what a process uses, not where in its code.', ids: ids('cpu-profilers line-profiler memory-profiler tracemalloc py-spy-record jmap-heap-dump go-pprof-heap cprofile') },
  { why: 'A query on rows and columns, or a change of a schema: the simulated databases count rows and do not hold them. SQL and PostgreSQL exercises are the place for them.', ids: ids('create-composite-index create-partial-index create-expression-index create-gin-trgm-index create-extension-pgtrgm join-instead-of-n1 offset-pagination keyset-pagination like-leading-wildcard begin-commit set-isolation-serializable select-for-update optimistic-read optimistic-update orders-pending-slow pg-advisory-lock vacuum-full partition-table detach-partition unique-index-idempotency batch-insert unlogged-table alter-replication-filter pg-log-statement sql-saga-state sql-saga-log high-value-report statement-timeout autovacuum-scale select-star') },
  { why: 'SQL Server; the databases here are PostgreSQL.', ids: ids('mssql-worker-threads mssql-slow-queries mssql-lock-waits mssql-index-fragmentation mssql-replica-lag mssql-event-session') },
  { why: 'Values of single keys: the simulated caches know which keys are there, not what is in them.', ids: ids('redis-del-profile redis-setnx-lock redis-cache-null redis-setnx-idempotency redis-incr-sequence redis-random-replica-key redis-monitor redis-log-tail redis-keys-ratelimit redis-get-tokens redis-ttl-tokens redis-hgetall-bucket') },
  { why: 'Business data of one order, saga or payment by its id: the simulation keeps their states as counts.', ids: ids('curl-login curl-bearer payment-status-check post-payments-key saga-status-exec logs-saga-failed kafka-compensation-events logs-compensation logs-saga-step-failed logs-event-published saga-compensate saga-status-url saga-retry-step curl-compare-services logs-event-received kafka-console-consumer logs-event-timestamps kafka-dlq-read kafka-dlq-replay sync-order logs-transaction-failed actuator-transaction-failures logs-transaction-id loop-transaction-status') },
  { why: 'Waits for an incident with a circuit breaker; the terminal shows the state of one.', ids: ids('actuator-health-breakers actuator-breaker-state logs-circuit-breaker actuator-breaker-failure-rate watch-breaker') },
  { why: 'Waits for an incident with a lock that others wait for; psql shows them.', ids: ids('pg-lock-waits pg-blocking-locks') },
  { why: 'Waits for an incident with a certificate; openssl shows it.', ids: ids('openssl-dates') },
  { why: 'Waits for an incident with rate limits per client.', ids: ids('logs-rate-limit-count logs-rate-limit-top logs-client-patterns actuator-429') },
  { why: 'Makes an alarm; the alarms of an incident are written by its author.', ids: ids('alarm-breaker-open alarm-saga-failures alarm-consumer-lag') },
  { why: 'Waits for an incident in which this number moves, or for the simulation to measure it.', ids: ids('metric-network metric-disk metric-cache-invalidations metric-freshness-check metric-cache-cpu-alert curl-timing actuator-jvm-threads kubectl-set-resources actuator-queue-remaining actuator-executor-rejected metric-replication-lag metric-rss') },
]
