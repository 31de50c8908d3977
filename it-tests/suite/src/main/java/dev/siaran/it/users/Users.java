package dev.siaran.it.users;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** Alice, who is a reader, and Bob, who is not. */
@ApplicationScoped
public class Users implements IdentityStore {

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (credential instanceof UsernamePasswordCredential login) {
            if (login.compareTo("alice", "wonderland")) {
                return new CredentialValidationResult("alice", Set.of("reader"));
            }
            if (login.compareTo("bob", "builder")) {
                return new CredentialValidationResult("bob", Set.of("guest"));
            }
        }
        return CredentialValidationResult.INVALID_RESULT;
    }
}
