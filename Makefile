# The image of kubernetes-auth. `npm ci` first; images/kubernetes-auth/README.md explains the variables.
#
#   make bundle    its contents, with a Containerfile, in $(OUTPUT): no container engine is needed
#   make build     the image itself, with buildah, podman or docker

OUTPUT ?= build/kubernetes-auth
BASE ?= $(shell sed -n 's/^ARG BASE=//p' images/kubernetes-auth/Containerfile)
IMAGE ?= kubernetes-auth
ENGINE ?=
SOURCE ?=
NODE_VERSION ?=
REVISION ?= $(shell GIT_OPTIONAL_LOCKS=0 git describe --always --dirty --abbrev=40 --exclude='*' 2>/dev/null || echo unknown)
# Of the commit: whoever builds it again gets the same bytes.
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
export SOURCE_DATE_EPOCH

.PHONY: bundle build
bundle build:
	node --import tsx images/kubernetes-auth/main.ts $@ --output='$(OUTPUT)' --base='$(BASE)' --name='$(IMAGE)' \
	  --engine='$(ENGINE)' --source='$(SOURCE)' --revision='$(REVISION)' --node-version='$(NODE_VERSION)'
