#!/usr/bin/env python3
"""A plugin of the Monitoring as a Service agent: how many results a query of Prometheus has.

    check_prometheus.py --query=QUERY --check=NAME [--timeout=SECONDS] URL

Writes what the agent reads: `status ok MESSAGE` and `metric NAME int64 COUNT`, or `status err MESSAGE` and no
metric, so that an alarm never judges a number that nobody measured. Ends with 0 when Prometheus has answered, 1 when it
has not, and 2 when the arguments are wrong.
"""

import argparse
import http.client
import json
import re
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

# The agent ends a plugin after 30 seconds, and its report would be lost.
LONGEST_SECONDS = 29
DEFAULT_SECONDS = 25
# More than any alert has; what is longer is no answer of Prometheus.
LARGEST_ANSWER_BYTES = 64 * 1024 * 1024

ANSWERED, UNANSWERED, WRONG_ARGUMENTS = 0, 1, 2


class Unanswered(Exception):
    """Prometheus has not answered the query; the message says why."""


class ArgumentParser(argparse.ArgumentParser):
    """Reports mistakes where the agent reads."""

    def error(self, message):
        report_error("%s: %s" % (self.prog, message))
        sys.exit(WRONG_ARGUMENTS)


def seconds(text):
    value = float(text)
    if not 0 < value <= LONGEST_SECONDS:
        raise argparse.ArgumentTypeError("expected more than 0 and at most %d seconds" % LONGEST_SECONDS)
    return value


def metric_name(text):
    # The agent splits its lines at spaces.
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", text):
        raise argparse.ArgumentTypeError("expected letters, digits and underscores: %r" % text)
    return text


def http_address(text):
    try:
        address = urllib.parse.urlsplit(text)
        valid = address.scheme in ("http", "https") and address.hostname is not None and address.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise argparse.ArgumentTypeError("expected an address like http://prometheus:9090: %r" % text)
    return text.rstrip("/")


def parse_arguments(arguments):
    parser = ArgumentParser(prog="check_prometheus.py", description=__doc__.split("\n")[0], allow_abbrev=False)
    parser.add_argument("--query", required=True, help="PromQL: an alert's expression")
    parser.add_argument("--check", required=True, type=metric_name, help="the metric's name")
    parser.add_argument("--timeout", type=seconds, default=DEFAULT_SECONDS, help="seconds for all of it")
    parser.add_argument("url", type=http_address, help="address of Prometheus")
    return parser.parse_args(arguments)


def count_results(answer):
    """The number of results: series of a vector; a scalar is one, as it is for a rule."""
    try:
        if answer["status"] != "success":
            raise Unanswered("%s: %s" % (answer.get("errorType", "error"), answer.get("error", "no reason given")))
        data = answer["data"]
        kind, result = data["resultType"], data["result"]
        if kind == "vector":
            return len(result)
        if kind == "scalar":
            return 1
    except (KeyError, TypeError, AttributeError):
        raise Unanswered("the answer is not one of Prometheus") from None
    raise Unanswered("the query gives a %s, no vector" % kind)


def read_answer(response):
    body = response.read(LARGEST_ANSWER_BYTES + 1)
    if len(body) > LARGEST_ANSWER_BYTES:
        raise Unanswered("the answer is longer than %d bytes" % LARGEST_ANSWER_BYTES)
    try:
        return json.loads(body)
    except ValueError:
        raise Unanswered("HTTP %d, and the answer is not one of Prometheus" % response.status) from None


def ask(url, query, timeout):
    """Asks once and counts. Posts, because a query may be longer than an address."""
    form = urllib.parse.urlencode({"query": query, "timeout": "%gs" % timeout}).encode()
    # Prometheus is in the same cluster: a proxy that the environment names is for what is outside.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open("%s/api/v1/query" % url, data=form, timeout=timeout) as response:
            answer = read_answer(response)
    except urllib.error.HTTPError as error:
        # Prometheus says in the body what is wrong with a query.
        with error:
            answer = read_answer(error)
    except urllib.error.URLError as error:
        raise Unanswered("%s cannot be reached: %s" % (url, error.reason)) from None
    except TimeoutError:
        raise Unanswered("%s has not answered within %g s" % (url, timeout)) from None
    except (OSError, http.client.HTTPException) as error:
        raise Unanswered("%s: %s" % (url, error or type(error).__name__)) from None
    return count_results(answer)


def ask_within(url, query, timeout):
    """The same, but all of it within the time: a look-up of the name or an answer in drops has none of its own."""
    outcome = []

    def work():
        try:
            outcome.append(ask(url, query, timeout))
        except Unanswered as error:
            outcome.append(error)
        except Exception as error:  # nothing may end without a report
            outcome.append(Unanswered("%s: %s" % (type(error).__name__, error)))

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(timeout)
    if not outcome:
        raise Unanswered("%s has not answered within %g s" % (url, timeout))
    if isinstance(outcome[0], Unanswered):
        raise outcome[0]
    return outcome[0]


def report_error(message):
    print("status err %s" % " ".join(str(message).split()), flush=True)


def main(arguments):
    options = parse_arguments(arguments)
    try:
        count = ask_within(options.url, options.query, options.timeout)
    except Unanswered as error:
        report_error(error)
        return UNANSWERED
    print("status ok %d %s" % (count, "result" if count == 1 else "results"))
    print("metric %s int64 %d" % (options.check, count), flush=True)
    return ANSWERED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
