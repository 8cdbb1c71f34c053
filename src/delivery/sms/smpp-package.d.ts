/** The part of the package smpp that is used here: its PDUs. It brings no types. */
declare module "smpp" {
  /** One request or response. Reading a broken one throws. */
  export interface Pdu {
    /** `submit_sm`, `submit_sm_resp`, …; `unknown` for a command that SMPP does not have. */
    readonly command: string;
    readonly command_status: number;
    sequence_number: number;
    /** The fields of the command. What came over the wire may lack any of them. */
    readonly [field: string]: unknown;
    isResponse(): boolean;
    /** The response to this request: the same sequence number; a `generic_nack` to an unknown command. */
    response(fields?: Record<string, unknown>): Pdu;
    toBuffer(): Buffer;
  }

  const smpp: {
    readonly PDU: new (command: string | Buffer, fields?: Record<string, unknown>) => Pdu;
    /** Status codes by name: `ESME_RTHROTTLED`. */
    readonly errors: Readonly<Record<string, number>>;
    readonly encodings: {
      /** The name of the alphabet that data_coding 0 is read in. */
      default: string;
      /** GSM 03.38, one octet for each septet; an extended character is two. */
      readonly ASCII: {
        match(text: string): boolean;
        encode(text: string): Buffer;
        decode(octets: Buffer): string;
      };
    };
  };
  export default smpp;
}
