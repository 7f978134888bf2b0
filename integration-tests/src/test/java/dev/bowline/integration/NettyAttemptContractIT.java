package dev.bowline.integration;

class NettyAttemptContractIT extends AttemptContract implements OnNetty {}
