"""Several nova-computes with the in-tree fake hypervisor, made forgetful-proof.

The fake driver keeps its machines in memory, so after a restart it knows none of them. This
subclass answers for a machine it has never seen as if it were running, and lets things be taken
off it. Nova only loads drivers from its own package, hence the module alias.

Every configuration file among the arguments makes one compute service in a process of its own.
They are forked after the imports, which are most of the cost of a start.
"""
import os
import signal
import sys
import types

from nova.cmd import compute
from nova.compute import manager  # noqa: F401  the largest import, shared by the children
from nova.compute import power_state
from nova import exception
from nova.virt import fake
from nova.virt import hardware


class LabDriver(fake.FakeDriver):

    def get_info(self, instance, use_cache=True):
        try:
            return super().get_info(instance, use_cache=use_cache)
        except exception.InstanceNotFound:
            return hardware.InstanceInfo(state=power_state.RUNNING)

    def detach_interface(self, context, instance, vif):
        self._interfaces.pop(vif['id'], None)


def main():
    mod = types.ModuleType('nova.virt.lab')
    mod.LabDriver = LabDriver
    sys.modules['nova.virt.lab'] = mod
    children = set()
    for config in sys.argv[1:]:
        pid = os.fork()
        if pid == 0:
            sys.argv = [sys.argv[0], '--config-file', config]
            return compute.main()
        children.add(pid)

    def stop(*_):
        for pid in children:
            os.kill(pid, signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    status = 0
    while children:
        pid, result = os.waitpid(-1, 0)
        children.discard(pid)
        if result:
            status = 1
            stop()
    return status
