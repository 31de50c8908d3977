package dev.siaran.it.users;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;

/** Makes the server ask for a name and a password. */
@BasicAuthenticationMechanismDefinition(realmName = "siaran")
@DeclareRoles({"reader", "guest"})
@ApplicationScoped
public class BasicLogin {}
