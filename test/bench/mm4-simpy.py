"""M/M/4 at 80% in SimPy, as its documentation writes such a queue. Prints JSON. Usage: mm4-simpy.py REQUESTS"""
import json
import random
import sys
import time

import simpy

requests = int(sys.argv[1])
chance = random.Random(7)
environment = simpy.Environment()
servers = simpy.Resource(environment, capacity=4)
waits = []


def customer():
    came = environment.now
    with servers.request() as turn:
        yield turn
        waits.append(environment.now - came)
        yield environment.timeout(chance.expovariate(1.0))


def source():
    for _ in range(requests):
        yield environment.timeout(chance.expovariate(3.2))
        environment.process(customer())


environment.process(source())
started = time.perf_counter()
environment.run()
seconds = time.perf_counter() - started
print(json.dumps({"version": simpy.__version__, "requestsPerSecond": requests / seconds, "meanWait": sum(waits) / len(waits)}))
