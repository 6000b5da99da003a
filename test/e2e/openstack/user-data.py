#!/usr/bin/python3
"""The user-data of a cluster's servers, as Nova stores it.

    user-data.py CLUSTER

prints a JSON object: base64 by the name of the server, for every server named CLUSTER-…
The cloud is $OS_CLOUD of $OS_CLIENT_CONFIG_FILE; it takes its administrator to ask.
"""
import json
import sys

import openstack

cloud = openstack.connect()
# Nova shows it from this version of its interface on.
cloud.compute.default_microversion = "2.3"
servers = [s for s in cloud.compute.servers(all_projects=True) if s.name.startswith(sys.argv[1] + "-")]
json.dump({s.name: s.user_data for s in servers}, sys.stdout)
