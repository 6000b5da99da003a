"""Fill a fresh lab: `seed.py identities TYPE=NAME=URL...`, then `seed.py cloud OUTPUT`.

LAB_URL and LAB_PASSWORD name the Keystone and the password of `admin` and of the services' user.
"""
import os
import sys

import openstack

PASSWORD = os.environ["LAB_PASSWORD"]
URL = os.environ["LAB_URL"]
ROLES = ("admin", "member", "reader", "service", "load-balancer_member", "creator")
# No two flavors share a (vCPUs, MiB, GiB) triple: a preflight may have to tell them apart.
FLAVORS = (
    ("kaas.etcd", 2, 4096, 20),
    ("kaas.controller", 2, 8192, 40),
    ("kaas.worker", 4, 8192, 40),
    ("kaas.worker-large", 8, 16384, 80),
)


def connect(user="admin", project="admin"):
    return openstack.connect(
        auth_url=URL, username=user, password=PASSWORD, project_name=project,
        user_domain_name="Default", project_domain_name="Default",
        region_name="RegionOne", identity_api_version="3")


def identities(*services):
    """Roles, the services' user and the catalogue."""
    k = connect().identity
    roles = {name: k.find_role(name) or k.create_role(name=name) for name in ROLES}
    project = k.find_project("service") or k.create_project(name="service", domain_id="default")
    user = k.find_user("svc") or k.create_user(
        name="svc", password=PASSWORD, domain_id="default", default_project_id=project.id)
    for name in ("admin", "service", "member"):
        k.assign_project_role_to_user(project=project, user=user, role=roles[name])
    k.assign_project_role_to_user(
        project=k.find_project("admin"), user=k.find_user("admin"), role=roles["load-balancer_member"])

    known = {s.type: s for s in k.services()}
    endpoints = {(e.service_id, e.interface) for e in k.endpoints()}
    for item in services:
        kind, name, url = item.split("=", 2)
        service = known.get(kind) or k.create_service(type=kind, name=name)
        for interface in ("public", "internal", "admin"):
            if (service.id, interface) not in endpoints:
                k.create_endpoint(service_id=service.id, interface=interface, url=url,
                                  region_id="RegionOne")


def cloud(output):
    """The external network, flavors and images; what Octavia must be told goes to the file OUTPUT."""
    admin = connect()
    public = admin.network.find_network("public") or admin.network.create_network(
        name="public", is_router_external=True, provider_network_type="flat",
        provider_physical_network="public")
    if not admin.network.find_subnet("public-v4"):
        admin.network.create_subnet(
            network_id=public.id, name="public-v4", ip_version=4, cidr="203.0.113.0/24",
            gateway_ip="203.0.113.1", enable_dhcp=False,
            allocation_pools=[{"start": "203.0.113.10", "end": "203.0.113.250"}])

    for name, vcpus, ram, disk in FLAVORS:
        flavor(admin, name, vcpus, ram, disk)
    image(admin, "flatcar-stable", visibility="public", os_distro="flatcar")

    service = connect(user="svc", project="service")
    mine = {"project_id": service.current_project_id}
    network = service.network.find_network("lb-mgmt", **mine) or service.network.create_network(name="lb-mgmt")
    if not service.network.find_subnet("lb-mgmt-v4", **mine):
        service.network.create_subnet(network_id=network.id, name="lb-mgmt-v4", ip_version=4,
                                      cidr="172.31.0.0/20", enable_dhcp=False)
    group = service.network.find_security_group("lb-mgmt", **mine) \
        or service.network.create_security_group(name="lb-mgmt")
    amphora = flavor(admin, "amphora", 1, 64, 1)
    image(service, "amphora", visibility="private", tags=["amphora"])
    with open(output, "w") as f:
        print(network.id, group.id, amphora.id, service.current_project_id, file=f)


def flavor(c, name, vcpus, ram, disk):
    return c.compute.find_flavor(name) or c.compute.create_flavor(
        name=name, vcpus=vcpus, ram=ram, disk=disk)


def image(c, name, **properties):
    return c.image.find_image(name) or c.image.create_image(
        name=name, container_format="bare", disk_format="raw", data=b"\0" * 65536,
        allow_duplicates=True, **properties)


if __name__ == "__main__":
    {"identities": identities, "cloud": cloud}[sys.argv[1]](*sys.argv[2:])
