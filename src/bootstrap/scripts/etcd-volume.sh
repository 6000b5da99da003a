#!/bin/bash
# Mounts the volume with the etcd member's data. It is attached after the server has booted: wait for it. Only a volume
# on which nothing at all is recognised is given a file system.
set -euo pipefail
# KAAS_ETCD_VOLUME_ID
. /etc/kaas/etcd-volume.env
mount_point=/var/lib/etcd

if mountpoint --quiet "$mount_point"; then exit 0; fi

# By the serial that the hypervisor gives it: its first 20 characters on virtio, all of it on SCSI.
device() {
  local link
  for link in \
    "/dev/disk/by-id/virtio-${KAAS_ETCD_VOLUME_ID:0:20}" \
    "/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_$KAAS_ETCD_VOLUME_ID" \
    "/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_${KAAS_ETCD_VOLUME_ID:0:20}" \
    "/dev/disk/by-id/scsi-SQEMU_QEMU_HARDDISK_$KAAS_ETCD_VOLUME_ID"; do
    if [ -b "$link" ]; then
      readlink -f "$link"
      return
    fi
  done
  return 1
}

until disk=$(device); do
  echo "waiting for volume $KAAS_ETCD_VOLUME_ID to be attached"
  sleep "${KAAS_VOLUME_POLL_SECONDS:-5}"
done

# blkid ends with 2 when it recognises nothing, and with 8 when it recognises more than one thing.
status=0
found=$(blkid --probe --output value --match-tag TYPE "$disk") || status=$?
if [ "$status" = 2 ]; then
  echo "volume $KAAS_ETCD_VOLUME_ID at $disk is empty: making a file system"
  mkfs.ext4 -q -L etcd "$disk"
elif [ "$status" != 0 ] || [ "$found" != ext4 ]; then
  echo "volume $KAAS_ETCD_VOLUME_ID at $disk holds '${found:-something unknown}', not ext4: left as it is" >&2
  exit 1
fi
mkdir -p "$mount_point"
mount "$disk" "$mount_point"
# Volumes grow while they are attached. When the file system does not, the member is better off with the space it had.
resize2fs "$disk" || echo "volume $KAAS_ETCD_VOLUME_ID has grown, and its file system has not" >&2
install --directory --mode=0700 "$mount_point/data"
