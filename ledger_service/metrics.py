"""Prometheus metrics of one service; its own registry, nothing global."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """What is counted. Labels are route templates and status classes, never values."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "fundtrail_requests",
            "HTTP requests answered",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "fundtrail_request_seconds", "Time to answer", ["route"], registry=self.registry
        )
        self.head = Gauge("fundtrail_chain_head", "Confirmed head", registry=self.registry)
        self.indexed = Gauge(
            "fundtrail_indexed_block", "Last block indexed", registry=self.registry
        )
        self.events = Counter("fundtrail_events_indexed", "Events indexed", registry=self.registry)
        self.reorganisations = Counter(
            "fundtrail_reorganisations", "Projections begun again", registry=self.registry
        )
        self.trees = Counter(
            "fundtrail_trees", "Evidence trees by outcome", ["outcome"], registry=self.registry
        )

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self.registry)
