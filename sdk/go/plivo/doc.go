// Plivo SIP trunks as code: trunks, credentials, IP access control lists, origination URIs and number attachments.
package plivo
