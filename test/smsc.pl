#!/usr/bin/perl
# An SMS centre made of Net::SMPP (Debian: libnet-smpp-perl), which shares no line with the SMPP of the product.
# Serves one client on loopback, takes every message, reports it as delivered, and prints a JSON line for each
# thing that happens. Message ids are answered in hexadecimal and reported in decimal, as some operators do.
use strict;
use warnings;
use Encode qw(decode);
use JSON::PP;
use Net::SMPP;

use constant { RECEIPT => 0x04, UCS2 => 8 };

$| = 1;
alarm 120;    # Never left behind, whatever becomes of the test.

my $json = JSON::PP->new->utf8->canonical;
sub say_line { print $json->encode({@_}), "\n" }

my $centre = Net::SMPP->new_listen(
    '127.0.0.1',
    port              => 0,
    smpp_version      => 0x34,
    interface_version => 0x34,
    async             => 1,
) or die "no port: $!";
say_line(event => 'listening', port => $centre->sockport);

my $client = $centre->accept or die "nobody came: $!";
my $number = 0xBEEF00;

my %on = (
    Net::SMPP::CMD_bind_transceiver => sub {
        my ($pdu) = @_;
        $client->bind_transceiver_resp(system_id => 'centre', seq => $pdu->{seq});
        say_line(event => 'bind', map { $_ => $pdu->{$_} } qw(system_id password system_type));
    },
    Net::SMPP::CMD_submit_sm => sub {
        my ($pdu) = @_;
        $number++;
        my $octets = length $pdu->{short_message} ? $pdu->{short_message} : $pdu->{message_payload};
        my $text = decode($pdu->{data_coding} == UCS2 ? 'UCS-2BE' : 'gsm0338', $octets);
        $client->submit_sm_resp(message_id => sprintf('%X', $number), seq => $pdu->{seq});
        say_line(
            event => 'message',
            text  => $text,
            id    => sprintf('%X', $number),
            map { $_ => $pdu->{$_} } qw(destination_addr dest_addr_ton dest_addr_npi source_addr
                source_addr_ton data_coding validity_period registered_delivery esm_class),
        );
        $client->deliver_sm(
            esm_class        => RECEIPT,
            source_addr      => $pdu->{destination_addr},
            destination_addr => $pdu->{source_addr},
            short_message    => "id:$number sub:001 dlvrd:001 submit date:2611221200 "
                . 'done date:2611221201 stat:DELIVRD err:000 text:-',
        );
    },
    Net::SMPP::CMD_deliver_sm_resp =>
        sub { say_line(event => 'receipt answered', status => $_[0]{status}) },
    Net::SMPP::CMD_enquire_link => sub { $client->enquire_link_resp(seq => $_[0]{seq}) },
    Net::SMPP::CMD_unbind => sub {
        $client->unbind_resp(seq => $_[0]{seq});
        say_line(event => 'unbind');
        exit;
    },
);

while (my $pdu = $client->read_pdu) {
    my $handler = $on{ $pdu->{cmd} } or die sprintf 'command 0x%08x', $pdu->{cmd};
    $handler->($pdu);
}
