/** TLS over a link: what it trusts and shows, what its engines are told, and what their failures mean. */
@NullMarked
package dev.bowline.internal.tls;

import org.jspecify.annotations.NullMarked;
