#!/usr/bin/python3
"""What is left of a cluster, as the cloud's own interfaces tell it to its administrator.

    leftovers.py CLUSTER [PROJECT]

prints a JSON object: a list of names for each kind of thing. It names what lives in the project
PROJECT (a name or an id) and, in any project, what is named CLUSTER, CLUSTER-…, CLUSTER.… or CLUSTER_….
It exits 0 whatever it finds; an interface that does not answer makes it fail.

The cloud is $OS_CLOUD (default `lab-admin`) of $OS_CLIENT_CONFIG_FILE (default: the lab's clouds.yaml).
Containers and application credentials can only be looked up for the accounts and users that still
exist, or for an id given as PROJECT; those are also the only ones that still count for anything.
"""
import json
import os
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import openstack

KEYS = (
    "servers", "server_groups", "keypairs", "volumes", "snapshots", "load_balancers", "ports", "floating_ips",
    "routers", "subnets", "networks", "security_groups", "zones", "recordsets", "containers",
    "application_credentials",
)


def connect():
    lab = os.environ.get("KAAS_LAB_ROOT") or os.path.join(
        os.environ.get("TMPDIR") or tempfile.gettempdir(), "kaas-openstack-lab")
    os.environ.setdefault("OS_CLIENT_CONFIG_FILE", os.path.join(lab, "clouds.yaml"))
    return openstack.connect(cloud=os.environ.get("OS_CLOUD", "lab-admin"))


class Search:

    def __init__(self, cloud, cluster, project):
        self.cloud = cloud
        self.named = re.compile(re.escape(cluster) + r"([-._].*)?$")
        self.projects = list(cloud.identity.projects())
        ids = {p.id: p.id for p in self.projects}
        names = {p.name: p.id for p in self.projects}
        # a project that is gone leaves nothing but its id
        self.project = ids.get(project) or names.get(project) or project

    def mine(self, name, project_id):
        return bool(self.named.match(name or "")) or (self.project is not None and project_id == self.project)

    def pick(self, things, label=lambda t: t.name or t.id, keep=lambda t: True):
        return [label(t) for t in things if self.mine(t.name, t.project_id) and keep(t)]

    def servers(self):
        return self.pick(self.cloud.compute.servers(all_projects=True))

    def server_groups(self):
        return self.pick(self.cloud.compute.server_groups(all_projects=True))

    def keypairs(self):
        # a key pair belongs to a user, not to a project
        return [k.name for user in self.users() for k in self.cloud.compute.keypairs(user_id=user.id)
                if self.named.match(k.name)]

    def volumes(self):
        return self.pick(self.cloud.block_storage.volumes(all_projects=True))

    def snapshots(self):
        return self.pick(self.cloud.block_storage.snapshots(all_projects=True))

    def load_balancers(self):
        return self.pick(self.cloud.load_balancer.load_balancers(),
                         keep=lambda b: b.provisioning_status != "DELETED")

    def ports(self):
        return self.pick(self.cloud.network.ports(), label=lambda p: p.name or f"{p.id} ({p.device_owner})")

    def floating_ips(self):
        return [f.floating_ip_address for f in self.cloud.network.ips()
                if self.mine(f.description, f.project_id)]

    def routers(self):
        return self.pick(self.cloud.network.routers())

    def subnets(self):
        return self.pick(self.cloud.network.subnets())

    def networks(self):
        return self.pick(self.cloud.network.networks())

    def security_groups(self):
        return self.pick(self.cloud.network.security_groups(), keep=lambda g: g.name != "default")

    def dns(self, path, key):
        url, found = f"{path}?limit=1000", []
        while url:
            answer = self.cloud.dns.get(url, headers={"X-Auth-All-Projects": "true"})
            answer.raise_for_status()
            page = answer.json()
            found += [e for e in page[key] if e.get("action") != "DELETE" or e.get("status") != "DELETED"]
            url = page.get("links", {}).get("next")
        return found

    def zones(self):
        return [z["name"] for z in self.dns("/zones", "zones") if self.mine(z["name"], z["project_id"])]

    def recordsets(self):
        # a zone's own SOA and NS go with it; a cluster's label may also stand before its zone
        found = []
        for r in self.dns("/recordsets", "recordsets"):
            if r["type"] in ("SOA", "NS"):
                continue
            labels = r["name"].split(".")
            if self.mine(r["name"], r["project_id"]) or any(self.named.match(label) for label in labels):
                found.append(f"{r['type']} {r['name']}")
        return found

    def containers(self):
        session = self.cloud.session
        own = session.auth.get_access(session).service_catalog.url_for(
            service_type="object-store", interface="public")
        base = own.rsplit("/AUTH_", 1)[0]
        accounts = {p.id for p in self.projects} | ({self.project} if self.project else set())
        found = []
        for account in sorted(accounts):
            answer = session.get(f"{base}/AUTH_{account}?format=json&limit=10000", raise_exc=False)
            if answer.status_code in (204, 404):
                continue
            answer.raise_for_status()
            found += [c["name"] for c in answer.json() if self.mine(c["name"], account)]
        return found

    def application_credentials(self):
        return [c.name for user in self.users() for c in self.cloud.identity.application_credentials(user.id)
                if self.mine(c.name, c.project_id)]

    def users(self):
        return list(self.cloud.identity.users())


def main(cluster, project=None):
    search = Search(connect(), cluster, project)
    with ThreadPoolExecutor(4) as pool:
        lists = pool.map(lambda key: sorted(getattr(search, key)()), KEYS)
        print(json.dumps(dict(zip(KEYS, lists)), indent=2))


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
