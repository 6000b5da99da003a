import type { Diagnostic } from "../diagnostics.js";
import type { EksSections, OpenStackSections } from "../schema/bootstrap.js";

/**
 * A rule between fields. It gets the sections that are sound by themselves and says nothing about those that are
 * absent, so that every mistake of a file is reported at once and none twice.
 */
export type Rule<Sections> = (sections: Partial<Sections>) => readonly Diagnostic[];
export type OpenStackRule = Rule<OpenStackSections>;
export type EksRule = Rule<EksSections>;
/** A rule about what both providers share. */
export type CommonRule = (sections: Partial<OpenStackSections> | Partial<EksSections>) => readonly Diagnostic[];
