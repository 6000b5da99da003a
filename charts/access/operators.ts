/** The group of those who operate the platform. kubernetes-auth gives it; no issuer that a customer names may. */
export const OPERATORS_GROUP = "rackspace:operators";
